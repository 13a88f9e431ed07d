namespace TrainingCluster.EngineTests.Store;

public sealed class SqliteContractSpecs() : StoreContractSpecs(new SqliteUnderTest());
