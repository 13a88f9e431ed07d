namespace TrainingCluster.ClusterTests.Fakes;

/// <summary>How long tests wait for what must happen; reached only when it does not.</summary>
internal static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    public static Task<T> Within<T>(this Task<T> task, string what) => Within(task, what, Long);

    public static Task Within(this Task task, string what) =>
        Within(task.ContinueWith(
            done => { done.GetAwaiter().GetResult(); return true; }, TaskScheduler.Default), what, Long);

    private static async Task<T> Within<T>(Task<T> task, string what, TimeSpan limit)
    {
        try
        {
            return await task.WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"waited {limit} for: {what}");
        }
    }
}
