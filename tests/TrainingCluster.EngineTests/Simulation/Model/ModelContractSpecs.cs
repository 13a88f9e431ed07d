using TrainingCluster.EngineTests.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>The simulation's store does what the databases do.</summary>
public sealed class ModelContractSpecs() : StoreContractSpecs(new ModelUnderTest());
