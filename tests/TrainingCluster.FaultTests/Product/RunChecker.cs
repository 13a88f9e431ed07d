using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Registry.Rules;

namespace TrainingCluster.FaultTests.Product;

/// <summary>
/// What must hold in the journals whatever happened: no version twice, results only of the attempt and under the
/// fencing number in force, no job ended twice, attempts numbered without gaps, each result registered.
/// </summary>
internal static class RunChecker
{
    public static IReadOnlyList<object> Read(IEnumerable<(string Manifest, byte[] Content)> rows) =>
        [.. rows.Select(row => WireContracts.Read(row.Content, row.Manifest))];

    /// <param name="runs">The coordinator's events in order; the first has sequence number 1.</param>
    /// <param name="registry">The registry's.</param>
    public static IReadOnlyList<string> Violations(IReadOnlyList<object> runs, IReadOnlyList<object> registry)
    {
        var found = new List<string>();
        var registered = registry.OfType<VersionRegistered>().Select(happened => happened.Version).ToList();
        found.AddRange(registered.GroupBy(version => version.Id).Where(same => same.Count() > 1)
            .Select(same => $"version {same.Key} was registered {same.Count()} times"));
        found.AddRange(registered.GroupBy(version => (version.RunId, version.JobId)).Where(same => same.Count() > 1)
            .Select(same => $"job {same.Key.JobId} of {same.Key.RunId} was registered {same.Count()} times"));
        var versions = registered.DistinctBy(version => version.Id)
            .ToDictionary(version => version.Id.ToString(), version => version.Digest);
        var jobs = new Dictionary<(RunId, string), Story>();
        var fence = 0L;
        for (var index = 0; index < runs.Count; index++)
        {
            switch (runs[index])
            {
                case RunEvents.Activated:
                    fence = index + 1;
                    break;
                case RunEvents.JobAssigned e:
                    Assigned(found, StoryOf(jobs, e.Run, e.Job), e, fence);
                    break;
                case RunEvents.JobSucceeded e:
                    Ended(found, StoryOf(jobs, e.Run, e.Job), e.Job, e.Attempt, isEnd: true);
                    if (!versions.TryGetValue(e.Result.Version.ToString(), out var digest)
                        || digest != e.Result.Digest)
                    {
                        found.Add($"job {e.Job} has the result {e.Result.Version}, which is not registered so");
                    }

                    break;
                case RunEvents.JobFailed e:
                    Ended(found, StoryOf(jobs, e.Run, e.Job), e.Job, e.Attempt, e.IsFinal);
                    break;
                case RunEvents.JobPreempted e:
                    Ended(found, StoryOf(jobs, e.Run, e.Job), e.Job, e.Attempt, isEnd: false);
                    break;
            }
        }

        return found;
    }

    private static Story StoryOf(Dictionary<(RunId, string), Story> jobs, RunId run, string job)
    {
        if (!jobs.TryGetValue((run, job), out var story))
        {
            jobs[(run, job)] = story = new Story();
        }

        return story;
    }

    private static void Assigned(List<string> found, Story story, RunEvents.JobAssigned e, long fence)
    {
        if (story.IsActive)
        {
            found.Add($"job {e.Job} was given to {e.Node} while attempt {story.Attempt} was under way");
        }

        if (story.HasEnded)
        {
            found.Add($"job {e.Job} was given to {e.Node} after its end");
        }

        if (e.Attempt != story.Attempt + 1)
        {
            found.Add($"job {e.Job} has attempt {e.Attempt} after attempt {story.Attempt}");
        }

        if (e.Fence != fence)
        {
            found.Add($"job {e.Job} was assigned under fence {e.Fence} while {fence} was in force");
        }

        (story.Attempt, story.IsActive) = (e.Attempt, true);
    }

    private static void Ended(List<string> found, Story story, string job, int attempt, bool isEnd)
    {
        if (!story.IsActive || story.Attempt != attempt)
        {
            found.Add($"attempt {attempt} at job {job} ended while "
                + (story.IsActive ? $"attempt {story.Attempt} was under way" : "none was under way"));
        }

        story.IsActive = false;
        story.HasEnded |= isEnd;
    }

    private sealed class Story
    {
        public int Attempt { get; set; }

        public bool IsActive { get; set; }

        public bool HasEnded { get; set; }
    }
}
