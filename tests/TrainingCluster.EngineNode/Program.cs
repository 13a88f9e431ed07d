using TrainingCluster.EngineNode;
using TrainingCluster.EngineNode.Journal;
using TrainingCluster.EngineNode.Log;

NodeOptions options;
try
{
    options = NodeOptions.Parse(args);
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync($"error: {wrong.Message}");
    return 2;
}

if (options.EndsWithInput)
{
    _ = Task.Run(async () =>
    {
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        Environment.Exit(1);
    });
}

using var log = new NodeLog(options.LogFile, options.Node);
try
{
    if (options.IsDump)
    {
        await JournalDump.RunAsync(options, log);
        return 0;
    }

    return await new NodeProcess(options, log).RunAsync();
}
catch (Exception failure)
{
    log.Write(0, new LogEntry { Kind = LogKind.Failed, Text = failure.Message });
    await Console.Error.WriteLineAsync($"error: {failure.Message}");
    return 1;
}
