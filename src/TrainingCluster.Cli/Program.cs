using TrainingCluster.Cli;

return await new TrainctlProgram(CliConsole.OfProcess(), TimeProvider.System).RunAsync(args);
