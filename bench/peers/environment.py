"""Steps of the peer market, eight episodes in a vector."""
import numpy as np

from market import Vector, serve

STEPS = 20_000
vector = Vector(8, 1)
actions = np.random.default_rng(5).integers(0, 3, (64, 8)).tolist()


def work():
    for i in range(STEPS):
        vector.step(actions[i % 64])


serve(STEPS * 8, work)
