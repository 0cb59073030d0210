"""The labelled answers, and the scripts that train and measure the coaching models on them."""
