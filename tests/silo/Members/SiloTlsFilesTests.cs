using Microsoft.Extensions.Logging;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Members;
using Tumbler.Tests.Certificates;
using Tumbler.Tests.Clock;

namespace Tumbler.Silo.Tests.Members;

public sealed class SiloTlsFilesTests : IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly ManualClock clock = new(TimeProvider.System.GetUtcNow());
    private readonly KeptLines log = new();
    private readonly List<SettingError> errors = [];

    public void Dispose() => authority.Dispose();

    [Fact]
    public void A_certificate_that_is_replaced_is_the_one_from_the_next_look_on()
    {
        var path = authority.Issue("silo");
        var files = Load(path)!;
        var before = files.Own.Thumbprint;

        authority.Issue("silo");
        Assert.Equal(before, files.Own.Thumbprint);
        files.Look();

        Assert.NotEqual(before, files.Own.Thumbprint);
        Assert.True(files.Own.HasPrivateKey);
        Assert.Contains(files.Own.Thumbprint, Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Authorities_old_and_new_can_stand_side_by_side()
    {
        using var next = new TestAuthority("the next one");
        var path = authority.Issue("silo");
        var files = Load(path)!;

        File.WriteAllText(authority.Path, authority.Pem + "\n" + next.Pem);
        files.Look();
        File.WriteAllText(path, next.Pems("silo"));
        files.Look();

        Assert.Equal(2, files.Authorities.Count);
        Assert.Equal("CN=the next one", files.Own.Issuer);
        Assert.Equal(2, log.Lines.Count);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("half written")]
    [InlineData("of another authority")]
    [InlineData("expired")]
    public void What_can_not_be_used_does_not_replace_what_can_and_is_said_once(string now)
    {
        using var foreign = new TestAuthority();
        var path = authority.Issue("silo");
        var files = Load(path)!;
        var before = files.Own;

        if (now == "gone")
            File.Delete(path);
        else
            File.WriteAllText(path, now switch
            {
                "half written" => File.ReadAllText(path)[..400],
                "expired" => authority.Pems("silo", TimeSpan.FromDays(-1)),
                _ => foreign.Pems("silo"),
            });
        files.Look();
        files.Look();

        Assert.Same(before, files.Own);
        var line = Assert.Single(log.Lines);
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.StartsWith($"Cluster:Tls:Certificate:Path: The certificate '{path}' ", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_weeks_before_it_expires_a_warning_comes_daily()
    {
        var files = Load(authority.Issue("silo", TimeSpan.FromDays(20)))!;

        for (var quarter = 0; quarter < 19 * 4; quarter++)
        {
            files.Look();
            clock.Advance(TimeSpan.FromHours(6));
        }

        Assert.InRange(log.Lines.Count, 12, 14);
        Assert.All(log.Lines, line => Assert.Contains("The certificate expires", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_start_names_the_setting_of_what_is_wrong()
    {
        using var foreign = new TestAuthority();

        Assert.Equal("Cluster:Tls:Certificate:Path: The certificate '{}' can't be opened: it is no PFX or PEM with certificate and private key, or it needs a password.", ErrorOf(authority.Path));
        Assert.Equal("Cluster:Tls:Certificate:Path: The certificate '{}' is not signed by one of the cluster's authorities.", ErrorOf(foreign.Issue("silo")));
        Assert.Equal(
            "Cluster:Tls:Certificate:Path: The certificate '{}' is not for both server and client use (extended key usage).",
            ErrorOf(authority.Issue("server-only", uses: [TestAuthority.Server])));
        Assert.Matches("expired 2[-0-9T:]+Z[.]$", ErrorOf(authority.Issue("old", TimeSpan.FromMinutes(-1))));
        Assert.NotNull(Load(authority.Issue("for-everything", uses: [])));
        Assert.Null(Load(authority.Issue("silo"), authorities: "/nonexistent/ca.pem"));
        Assert.Equal("Cluster:Tls:Authorities", errors[^1].Name);
    }

    private string ErrorOf(string path)
    {
        Assert.Null(Load(path));
        return errors[^1].ToString().Replace(path, "{}", StringComparison.Ordinal);
    }

    private SiloTlsFiles? Load(string path, string? authorities = null) =>
        SiloTlsFiles.Load(new ClusterTlsOptions(path, null, authorities ?? authority.Path), clock, log, errors);

    private sealed class KeptLines : ILogger
    {
        public List<(LogLevel Level, string Text)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception)));
    }
}
