namespace TrainingCluster.Cluster.Serialization;

/// <summary>
/// A message that may travel between nodes or stand in a journal. Each has a permanent wire name in
/// <see cref="WireContracts"/> and stays below <see cref="WireContracts.MessageBytesMax"/>: large things
/// travel as digests of artifacts.
/// </summary>
public interface IWireMessage;
