"""PPO on the peer market as one writes it in PyTorch: 8 episodes, rollouts of 256 steps, 10 epochs, 64-64 tanh."""
import sys

import numpy as np
import torch
from torch import nn

from market import Vector, serve, use_threads

EPISODES, STEPS, EPOCHS, BATCH = 8, 256, 10, int(sys.argv[1])
GAMMA, LAMBDA, CLIP = 0.99, 0.95, 0.2
torch.manual_seed(1)
use_threads()


def network(outputs, gain):
    layers = [nn.Linear(257, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, outputs)]
    for layer, scale in zip(layers[::2], (2 ** 0.5, 2 ** 0.5, gain)):
        nn.init.orthogonal_(layer.weight, scale)
        nn.init.zeros_(layer.bias)
    return nn.Sequential(*layers)


policy, value = network(3, 0.01), network(1, 1.0)
parameters = [*policy.parameters(), *value.parameters()]
optimizer = torch.optim.Adam(parameters, lr=3e-4, eps=1e-5)
vector = Vector(EPISODES, 1)


def rollout():
    observations = np.zeros((STEPS, EPISODES, 257), np.float32)
    actions = np.zeros((STEPS, EPISODES), np.int64)
    logs, values, rewards = (np.zeros((STEPS, EPISODES), np.float32) for _ in range(3))
    ends = np.zeros((STEPS, EPISODES), bool)
    with torch.no_grad():
        for t in range(STEPS):
            observations[t] = vector.now
            seen = torch.from_numpy(observations[t])
            log = policy(seen).log_softmax(1)
            action = torch.multinomial(log.exp(), 1)
            actions[t], logs[t] = action[:, 0], log.gather(1, action)[:, 0]
            values[t] = value(seen)[:, 0]
            rewards[t], ends[t] = vector.step(actions[t].tolist())
            if ends[t].any():
                rewards[t] += ends[t] * GAMMA * value(torch.from_numpy(vector.final))[:, 0].numpy()
        following = value(torch.from_numpy(vector.now))[:, 0].numpy()
    advantages, last = np.zeros_like(rewards), np.zeros(EPISODES, np.float32)
    for t in reversed(range(STEPS)):
        goes_on = 1.0 - ends[t]
        error = rewards[t] + GAMMA * following * goes_on - values[t]
        last = error + GAMMA * LAMBDA * goes_on * last
        advantages[t], following = last, values[t]
    flat = (observations.reshape(-1, 257), actions.ravel(), logs.ravel(), advantages.ravel(),
            (advantages + values).ravel())
    return [torch.from_numpy(np.ascontiguousarray(one)) for one in flat]


def update(observations, actions, old, advantages, returns):
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(actions)).split(BATCH):
            advantage = advantages[rows]
            advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
            log = policy(observations[rows]).log_softmax(1).gather(1, actions[rows, None])[:, 0]
            ratio = (log - old[rows]).exp()
            surrogate = torch.min(ratio * advantage, ratio.clamp(1 - CLIP, 1 + CLIP) * advantage).mean()
            error = nn.functional.mse_loss(value(observations[rows])[:, 0], returns[rows])
            optimizer.zero_grad()
            (0.5 * error - surrogate).backward()
            nn.utils.clip_grad_norm_(parameters, 0.5)
            optimizer.step()


def work():
    update(*rollout())


serve(EPISODES * STEPS, work)
