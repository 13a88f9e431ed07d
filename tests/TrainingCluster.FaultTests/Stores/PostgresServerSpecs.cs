using TrainingCluster.Testing.Postgres;

namespace TrainingCluster.FaultTests.Stores;

public sealed class PostgresServerSpecs
{
    [PostgresFact]
    public void A_server_keeps_what_it_acknowledged_when_it_is_stopped_at_once_and_started_again()
    {
        using var server = PostgresServer.Start();
        server.Query("CREATE TABLE kept (number int)");
        server.Query("INSERT INTO kept VALUES (7)");

        server.Stop("immediate");
        server.StartAgain();

        Assert.Equal("7", server.Query("SELECT number FROM kept"));
    }

    [PostgresFact]
    public void Servers_share_nothing()
    {
        using var one = PostgresServer.Start();
        using var other = PostgresServer.Start();
        one.Query("CREATE TABLE own (number int)");

        Assert.Throws<InvalidOperationException>(() => other.Query("SELECT * FROM own"));
    }
}
