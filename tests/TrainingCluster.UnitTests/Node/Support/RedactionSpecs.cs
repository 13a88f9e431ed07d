using TrainingCluster.Node.Support;

namespace TrainingCluster.UnitTests.Node.Support;

public sealed class RedactionSpecs
{
    private static readonly Redaction Redaction = new(new Dictionary<string, string>
    {
        ["/home/ann"] = "HOME",
        ["/home/ann/.training"] = "STATE",
        ["box-7"] = "MACHINE",
    });

    [Theory]
    [InlineData("Host=db;Password=hunter2;Username=ann", "Host=db;Password=***;Username=ann")]
    [InlineData("PGPASSWORD=hunter2 psql", "PGPASSWORD=*** psql")]
    [InlineData("token: 'a b c'", "token: ***")]
    [InlineData("{\"apiKey\": \"k\", \"x\": 1}", "{\"apiKey\": ***, \"x\": 1}")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: Bearer ***")]
    [InlineData("postgres://ann:hunter2@db/x", "postgres://***@db/x")]
    [InlineData("training.api.token-file = /etc/tokens", "training.api.token-file = /etc/tokens")]
    [InlineData("at /home/ann/.training/journal.db on box-7", "at STATE/journal.db on MACHINE")]
    [InlineData("nothing to hide", "nothing to hide")]
    public void Secrets_and_names_are_taken_out_and_nothing_else(string text, string redacted) =>
        Assert.Equal(redacted, Redaction.Apply(text));
}
