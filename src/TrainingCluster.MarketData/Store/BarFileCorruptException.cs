namespace TrainingCluster.MarketData.Store;

/// <summary>A stored file is not what was written.</summary>
public sealed class BarFileCorruptException(string file, string why)
    : Exception($"stored bars {file} are damaged: {why}; fetch them again")
{
    public string File { get; } = file;
}
