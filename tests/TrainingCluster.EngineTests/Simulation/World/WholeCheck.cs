using Akka.Cluster;
using TrainingCluster.EngineTests.Simulation.Workload;

namespace TrainingCluster.EngineTests.Simulation.World;

/// <summary>Tells what a world without faults still lacks.</summary>
internal static class WholeCheck
{
    public static string? WhatIsMissing(SimWorld world)
    {
        var living = world.Living.ToList();
        return living.Count < world.Places.Count ? $"only {living.Count} of {world.Places.Count} nodes live"
            : living.Select(node => Membership(node, living)).FirstOrDefault(static missing => missing is not null)
            ?? Jobs(world)
            ?? living.Select(node => Neighbours(world, node, living))
                .FirstOrDefault(static missing => missing is not null);
    }

    private static string? Membership(SimNode node, List<SimNode> living)
    {
        if (node.System is null || node.Host.IsPaused)
        {
            return $"{node} does not run";
        }

        var seen = node.Cluster.State.Members.Where(static member => member.Status == MemberStatus.Up)
            .Select(static member => member.UniqueAddress.Uid).Order().ToList();
        var there = living.Select(static other => other.Witness.Uid).Order().ToList();
        return seen.SequenceEqual(there) && node.Cluster.State.Unreachable.IsEmpty
            ? null
            : $"{node} sees {string.Join(", ", node.Cluster.State.Members)} instead of {string.Join(", ", there)}";
    }

    private static string? Jobs(SimWorld world)
    {
        if (world.Jobs.Waiting.FirstOrDefault() is { } waiting)
        {
            return $"job {waiting} of a living client is not done";
        }

        var journals = world.Journals;
        return journals.EventsOf(Ledger.Id)
            .Where(static text => text.StartsWith(nameof(JobAccepted), StringComparison.Ordinal))
            .Select(static text => text[(nameof(JobAccepted).Length + 1)..])
            .FirstOrDefault(job => !journals.Contains(Ledger.Id, JobText.Completed(job))
                || !journals.Contains(Worker.PersistenceIdOf(job), JobText.Run(job))) is { } open
            ? $"job {open} was accepted and is not done"
            : null;
    }

    private static string? Neighbours(SimWorld world, SimNode node, List<SimNode> living)
    {
        var witness = node.Witness;
        foreach (var (uid, ends) in witness.Watched)
        {
            var lives = living.Exists(other => other.Witness.Uid == uid);
            if (ends != (lives ? 0 : 1))
            {
                return $"{node} was told {ends} times of the end of {uid}, which {(lives ? "lives" : "is dead")}";
            }
        }

        foreach (var other in living.Where(other => other != node))
        {
            var sent = witness.Sent.GetValueOrDefault(other.Witness.Uid);
            var heard = world.Notes.LastFrom(witness.Uid, other.Witness.Uid);
            if (sent == 0 || heard < sent - 2)
            {
                return $"{other} has heard {heard} of {sent} notes of {node}";
            }
        }

        return witness.LastTidings > 0 ? null : $"{node} has heard no tidings";
    }
}
