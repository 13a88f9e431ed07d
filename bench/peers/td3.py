"""Updates of TD3 as one writes them in PyTorch: 256-256, batches of 256, the actor in every second one."""
import copy

import torch
from torch import nn

from market import serve, use_threads
from replay import Replay

UPDATES, GAMMA, SHARE = 50, 0.99, 0.005
torch.manual_seed(1)
use_threads()


def network(inputs, *last):
    return nn.Sequential(nn.Linear(inputs, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 1), *last)


actor, critics = network(257, nn.Tanh()), nn.ModuleList([network(258), network(258)])
slow_actor, slow_critics = copy.deepcopy(actor), copy.deepcopy(critics)
actor_optimizer = torch.optim.Adam(actor.parameters(), lr=3e-4)
critic_optimizer = torch.optim.Adam(critics.parameters(), lr=3e-4)
replay = Replay(1250, continuous=True)


def follow(slow, fast):
    with torch.no_grad():
        for left, right in zip(slow.parameters(), fast.parameters()):
            left.mul_(1 - SHARE).add_(right, alpha=SHARE)


def update(number):
    before, actions, rewards, ends, after = replay.draw()
    with torch.no_grad():
        noise = (0.2 * torch.randn_like(actions)).clamp(-0.5, 0.5)
        following = torch.cat([after, (slow_actor(after) + noise).clamp(-1, 1)], 1)
        smaller = torch.min(slow_critics[0](following), slow_critics[1](following))
        wanted = rewards + GAMMA * (1 - ends) * smaller
    taken = torch.cat([before, actions], 1)
    loss = sum(nn.functional.mse_loss(critic(taken), wanted) for critic in critics)
    critic_optimizer.zero_grad()
    loss.backward()
    critic_optimizer.step()
    if number % 2 == 1:
        loss = -critics[0](torch.cat([before, actor(before)], 1)).mean()
        actor_optimizer.zero_grad()
        loss.backward()
        actor_optimizer.step()
        follow(slow_critics, critics)
        follow(slow_actor, actor)


def work():
    for number in range(UPDATES):
        update(number)


serve(UPDATES, work)
