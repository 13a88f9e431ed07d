"""A filled replay of the peer market's transitions, for the learners that draw from one."""
import numpy as np
import torch

from market import Vector

EPISODES, BATCH = 8, 256


class Replay:
    """Transitions of random play, kept as copies: what a learner in Python usually does."""

    def __init__(self, steps, continuous):
        vector, random = Vector(EPISODES, 1), np.random.default_rng(1)
        count = steps * EPISODES
        self.before, self.after = (np.zeros((count, 257), np.float32) for _ in range(2))
        self.actions = np.zeros((count, 1), np.float32 if continuous else np.int64)
        self.rewards, self.ends = (np.zeros((count, 1), np.float32) for _ in range(2))
        self.random = random
        for t in range(steps):
            rows = slice(t * EPISODES, (t + 1) * EPISODES)
            choices = random.integers(0, 3, EPISODES)
            self.before[rows] = vector.now
            rewards, _ = vector.step(choices.tolist())
            self.after[rows], self.rewards[rows, 0] = vector.now, rewards
            self.actions[rows, 0] = random.uniform(-1, 1, EPISODES) if continuous else choices

    def draw(self):
        rows = self.random.integers(0, len(self.rewards), BATCH)
        kept = (self.before, self.actions, self.rewards, self.ends, self.after)
        return [torch.from_numpy(one[rows]) for one in kept]
