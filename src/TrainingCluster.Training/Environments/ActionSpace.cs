namespace TrainingCluster.Training.Environments;

/// <summary>Actions that an environment can carry out.</summary>
internal static class ActionSpace
{
    /// <exception cref="ArgumentOutOfRangeException">One lies outside [0, count).</exception>
    public static void Require(ReadOnlySpan<int> actions, int episodes, int count)
    {
        RequireLength(actions.Length, episodes);
        for (var episode = 0; episode < actions.Length; episode++)
        {
            if ((uint)actions[episode] >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(nameof(actions), actions[episode],
                    $"the action of episode {episode} must lie in [0, {count})");
            }
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">One lies outside its branch.</exception>
    public static void Require(ReadOnlySpan<int> actions, int episodes, ImmutableArray<int> branches)
    {
        RequireLength(actions.Length, episodes * branches.Length);
        for (var at = 0; at < actions.Length; at++)
        {
            var (episode, branch) = Math.DivRem(at, branches.Length);
            if ((uint)actions[at] >= (uint)branches[branch])
            {
                throw new ArgumentOutOfRangeException(nameof(actions), actions[at],
                    $"the choice of episode {episode} on branch {branch} must lie in [0, {branches[branch]})");
            }
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    public static void Require(ReadOnlySpan<float> actions, int episodes, int size)
    {
        RequireLength(actions.Length, episodes * size);
        for (var at = 0; at < actions.Length; at++)
        {
            if (!float.IsFinite(actions[at]))
            {
                throw new ArgumentOutOfRangeException(nameof(actions), actions[at],
                    $"entry {at % size} of the action of episode {at / size} must be a finite number");
            }
        }
    }

    private static void RequireLength(int actions, int expected)
    {
        if (actions != expected)
        {
            throw new ArgumentOutOfRangeException(
                nameof(actions), actions, $"all episodes together take {expected} numbers as their actions");
        }
    }
}
