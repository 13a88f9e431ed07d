namespace Akka.Store.Sql;

/// <summary>The parts that all nodes share, in one kind of database.</summary>
internal interface ISqlAreas
{
    SqlArea<IMembershipStatements> Membership { get; }

    SqlArea<IQueueStatements> Queues { get; }

    IWakeUps OpenWakeUps();
}
