using Microsoft.Data.Sqlite;

namespace TrainingCluster.FaultTests.Product;

/// <summary>Events as they stand in the journal, with no part of the product between.</summary>
internal static class JournalRows
{
    public static string Sql(string persistenceId) =>
        $"""
        SELECT manifest || ' ' || encode(message, 'hex') FROM journal
        WHERE persistence_id = '{persistenceId}' ORDER BY sequence_number
        """;

    /// <param name="rows">One a line: manifest, blank, bytes in hexadecimal.</param>
    public static IReadOnlyList<(string Manifest, byte[] Content)> Parse(string rows) =>
    [
        .. rows.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0], Convert.FromHexString(parts[1]))),
    ];

    public static IReadOnlyList<(string Manifest, byte[] Content)> OfFile(string file, string persistenceId)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT manifest, message FROM journal WHERE persistence_id = $id ORDER BY sequence_number";
        command.Parameters.AddWithValue("$id", persistenceId);
        using var reader = command.ExecuteReader();
        var rows = new List<(string, byte[])>();
        while (reader.Read())
        {
            rows.Add((reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        }

        return rows;
    }
}
