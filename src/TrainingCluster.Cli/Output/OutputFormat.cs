namespace TrainingCluster.Cli.Output;

/// <summary>The form of what a command prints on standard output.</summary>
internal enum OutputFormat
{
    /// <summary>For people; its columns may change.</summary>
    Table,

    /// <summary>For programs; members are only ever added.</summary>
    Json,

    /// <summary>For programs and spreadsheets; `data compute` and `data generate` know it.</summary>
    Csv,
}
