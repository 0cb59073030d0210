"""Train the head: a small network from the encoder's output to the probability of a filled pause in each 20 ms.

384 values a frame, normalised, to ``width`` channels (GELU), residual convolutions over nine frames, two logits: a
filled pause, and whether it ends in a nasal (um). Several models are trained at once, each on the windows that it may
see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt

CROP = 500
"""Frames of each training example, 10 s."""
_BATCH, _TAPS = 16, 9
_PEAK_RATE, _WARM_UP = 2e-3, 100
_POSITIVE = 3.0
"""A frame of a filled pause counts as three others (house default; they are rare)."""
_DECAY = 1e-5
_NASAL_SHARE = 0.1
"""Weight of telling um from uh, small beside finding them (house default)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is tried.

    Attributes:
        width: Channels.
        layers: Residual convolutions.
        epochs: Passes over the windows, each as often as its weight says.
        seed: Of everything random.
        noise: Standard deviation of the noise on the normalised input.
        dropped: Share of input channels that is left out in each example.

    """

    width: int = 48
    layers: int = 2
    epochs: int = 12
    seed: int = 0
    noise: float = 0.2
    dropped: float = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Training data.

    Attributes:
        inputs: Shape (n, 384), the encoder's output.
        labels: Shape (n,), 1 within a filled pause, 2 within one that ends in a nasal.
        windows: Shape (w, 2), first frame of each window and the one after its last.
        weights: Shape (w,), how often a window is seen in an epoch.

    """

    inputs: npt.NDArray[np.float16]
    labels: npt.NDArray[np.uint8]
    windows: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]


Parameters = dict[str, Any]


def train(data: Frames, allowed: Sequence[npt.NDArray[np.bool_]], settings: Settings) -> Parameters:
    """Train one model for each row of ``allowed``, which says which windows it sees; parameters are stacked."""
    rng = np.random.default_rng(settings.seed)
    models = len(allowed)
    sample = data.inputs[::9].astype(np.float32)
    mean, deviation = sample.mean(0), sample.std(0) + 1e-3
    lengths = (data.windows[:, 1] - data.windows[:, 0]) * data.weights
    steps = int(max(lengths @ rows for rows in allowed) / CROP / _BATCH * settings.epochs)
    inputs = jnp.asarray(np.concatenate([data.inputs, np.zeros((CROP, data.inputs.shape[1]), np.float16)]))
    labels = jnp.asarray(np.concatenate([data.labels, np.zeros(CROP, np.uint8)]))
    state = _initial(rng, models, data.inputs.shape[1], settings)
    moments = (jax.tree.map(jnp.zeros_like, state), jax.tree.map(jnp.zeros_like, state))
    constants = (inputs, labels, jnp.asarray(mean), jnp.asarray(deviation))
    step = _step(settings)
    key = jax.random.PRNGKey(settings.seed)
    for number in range(steps):
        starts, ends = _crops(rng, data, allowed, lengths)
        key, this = jax.random.split(key)
        rate = _PEAK_RATE * min(1, (number + 1) / _WARM_UP) * (0.5 + 0.5 * np.cos(np.pi * number / steps))
        state, moments = step(constants, state, moments, (starts, ends, this), (number + 1.0, rate))
    return {
        "mean": np.tile(mean, (models, 1)),
        "deviation": np.tile(deviation, (models, 1)),
        **{name: np.asarray(value) for name, value in state.items()},
    }


def _initial(rng: np.random.Generator, models: int, size: int, settings: Settings) -> Parameters:
    def normal(*shape: int) -> Any:
        scaled = rng.normal(0, 1, (models, *shape)) / np.sqrt(np.prod(shape[:-1]))
        return jnp.asarray(scaled, jnp.float32)

    width = settings.width
    state = {"input": normal(size, width), "input_bias": jnp.zeros((models, width))}
    for layer in range(settings.layers):
        state |= {f"layer{layer}": normal(_TAPS, width, width), f"layer{layer}_bias": jnp.zeros((models, width))}
    return state | {"output": normal(width, 2) * 0.1, "output_bias": jnp.tile(jnp.array([-2.5, 0.0]), (models, 1))}


def _logits(state: Mapping[str, Any], x: Any) -> Any:
    hidden = jax.nn.gelu(x @ state["input"] + state["input_bias"])
    layer = 0
    while f"layer{layer}" in state:
        around = jnp.pad(hidden, ((0, 0), (_TAPS // 2, _TAPS // 2), (0, 0)))
        near = jnp.concatenate([around[:, tap : tap + hidden.shape[1]] for tap in range(_TAPS)], axis=-1)
        weights = state[f"layer{layer}"].reshape(-1, hidden.shape[-1])
        hidden = hidden + jax.nn.gelu(near @ weights + state[f"layer{layer}_bias"])
        layer += 1
    return hidden @ state["output"] + state["output_bias"]


def _entropy(logits: Any, target: Any) -> Any:
    return jnp.maximum(logits, 0) - logits * target + jnp.log1p(jnp.exp(-jnp.abs(logits)))


def _step(settings: Settings) -> Any:
    """Build one step of Adam for all models."""

    def loss(state: Parameters, constants: Any, starts: Any, ends: Any, key: Any) -> Any:
        inputs, labels, mean, deviation = constants
        places = starts[:, None] + jnp.arange(CROP)
        known = (places < ends[:, None]).astype(jnp.float32)
        x = (inputs[places].astype(jnp.float32) - mean) / deviation * known[..., None]
        label = labels[places]
        y = (label > 0).astype(jnp.float32)
        first, second = jax.random.split(key)
        x = x + settings.noise * jax.random.normal(first, x.shape)
        left = 1 - settings.dropped
        x = x * jax.random.bernoulli(second, left, (x.shape[0], 1, x.shape[2])) / left
        logits = _logits(state, x)
        counted = known * (1 + (_POSITIVE - 1) * y)
        filled = (_entropy(logits[..., 0], y) * counted).sum() / counted.sum()
        of_filled = _entropy(logits[..., 1], (label == 2).astype(jnp.float32)) * y * known
        nasal = of_filled.sum() / (y * known).sum().clip(1)
        decay = sum((value**2).sum() for value in state.values() if value.ndim > 1)
        return filled + _NASAL_SHARE * nasal + _DECAY * decay

    @jax.jit
    def step(constants: Any, state: Parameters, moments: Any, examples: Any, pace: Any) -> Any:
        number, rate = pace
        slopes = jax.vmap(jax.grad(loss), (0, None, 0, 0, None))(state, constants, *examples)
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, moments[0], slopes)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, moments[1], slopes)

        def moved(value: Any, m: Any, v: Any) -> Any:
            return value - rate * (m / (1 - 0.9**number)) / (jnp.sqrt(v / (1 - 0.999**number)) + 1e-8)

        return jax.tree.map(moved, state, first, second), (first, second)

    return step


def _crops(
    rng: np.random.Generator, data: Frames, allowed: Sequence[npt.NDArray[np.bool_]], lengths: npt.NDArray[np.float64]
) -> tuple[Any, Any]:
    """Draw examples, each frame of an allowed window as likely as another. Shape of each: (models, batch)."""
    starts, ends = [], []
    for rows in allowed:
        chance = lengths * rows
        windows = rng.choice(len(lengths), _BATCH, p=chance / chance.sum())
        low, high = data.windows[windows, 0], data.windows[windows, 1]
        starts.append(low + (rng.random(_BATCH) * np.maximum(1, high - low - CROP + 1)).astype(np.int64))
        ends.append(high)
    return np.stack(starts).astype(np.int32), np.stack(ends).astype(np.int32)
