using Npgsql;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

public sealed class ConnectionsTests
{
    [Theory]
    [InlineData("", GssEncryptionMode.Disable)]
    [InlineData(";GSS Encryption Mode=Disable", GssEncryptionMode.Disable)]
    [InlineData(";GSS Encryption Mode=Require", GssEncryptionMode.Require)]
    public void Kerberos_is_not_tried_unless_somebody_insists(string setting, GssEncryptionMode mode)
    {
        var options = new PostgresOptions { Migrate = false, StatementTimeout = TimeSpan.FromSeconds(5) };

        Assert.True(Connections.TryCreate($"Host=127.0.0.1;Database=tumbler;Username=tumbler{setting}", options, out var source, out var problem), problem);

        using (source)
            Assert.Equal(mode, new NpgsqlConnectionStringBuilder(source.ConnectionString).GssEncryptionMode);
    }
}
