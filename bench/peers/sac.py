"""Updates of SAC as one writes them in PyTorch: 256-256, batches of 256, an automatic temperature."""
import copy
import math

import torch
from torch import nn

from market import serve, use_threads
from replay import Replay

UPDATES, GAMMA, SHARE = 50, 0.99, 0.005
torch.manual_seed(1)
use_threads()


def network(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, outputs))


actor, critics = network(257, 2), nn.ModuleList([network(258, 1), network(258, 1)])
slow_critics = copy.deepcopy(critics)
temperature = torch.zeros(1, requires_grad=True)
actor_optimizer = torch.optim.Adam(actor.parameters(), lr=3e-4)
critic_optimizer = torch.optim.Adam(critics.parameters(), lr=3e-4)
temperature_optimizer = torch.optim.Adam([temperature], lr=3e-4)
replay = Replay(1250, continuous=True)


def act(observations):
    mean, deviation = actor(observations).chunk(2, 1)
    deviation = deviation.clamp(-20, 2)
    noise = torch.randn_like(mean)
    action = torch.tanh(mean + deviation.exp() * noise)
    logs = -0.5 * noise ** 2 - deviation - 0.5 * math.log(2 * math.pi) - torch.log(1 - action ** 2 + 1e-6)
    return action, logs.sum(1, keepdim=True)


def update():
    before, actions, rewards, ends, after = replay.draw()
    own, logs = act(before)
    alpha = temperature.exp().detach()
    loss = -(temperature * (logs - 1).detach()).mean()
    temperature_optimizer.zero_grad()
    loss.backward()
    temperature_optimizer.step()
    with torch.no_grad():
        following, following_logs = act(after)
        following = torch.cat([after, following], 1)
        smaller = torch.min(slow_critics[0](following), slow_critics[1](following))
        wanted = rewards + GAMMA * (1 - ends) * (smaller - alpha * following_logs)
    taken = torch.cat([before, actions], 1)
    loss = 0.5 * sum(nn.functional.mse_loss(critic(taken), wanted) for critic in critics)
    critic_optimizer.zero_grad()
    loss.backward()
    critic_optimizer.step()
    chosen = torch.cat([before, own], 1)
    loss = (alpha * logs - torch.min(critics[0](chosen), critics[1](chosen))).mean()
    actor_optimizer.zero_grad()
    loss.backward()
    actor_optimizer.step()
    with torch.no_grad():
        for left, right in zip(slow_critics.parameters(), critics.parameters()):
            left.mul_(1 - SHARE).add_(right, alpha=SHARE)


def work():
    for _ in range(UPDATES):
        update()


serve(UPDATES, work)
