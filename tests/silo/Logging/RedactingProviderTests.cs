using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tumbler.Silo.Logging;
using Tumbler.Silo.Tests.Configuration;

namespace Tumbler.Silo.Tests.Logging;

/// <summary>By the way that lines of the silo take, up to what stands on the console.</summary>
[Collection("console")]
public sealed partial class RedactingProviderTests : IDisposable
{
    private const string ApiKey = "acme_api_0123456789abcdefghijABCDEFGHIJ0123456789";
    private const string Token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJzb21lYm9keSJ9.c2lnbmF0dXJlc2lnbmF0dXJl";
    private const string Password = "correct-horse-battery-staple-2026";

    private static readonly string[] Secrets = [ApiKey[9..], Token[9..], Password];

    private static readonly Func<ILogger, string, IDisposable?> RequestScope = LoggerMessage.DefineScope<string>("request {RequestId}");

    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_part_of_a_line_shows_a_secret(bool development)
    {
        var output = Console(development, redaction: true, log =>
        {
            LogMessage(log, $"refused {ApiKey}");
            LogValues(log, Password, 7);
            LogMessage(log, $"Host=db;Password={Password};Port=5432");
            try
            {
                throw new InvalidOperationException($"bad token {Token}", new ArgumentException($"X-API-Key: {ApiKey}"));
            }
            catch (InvalidOperationException e)
            {
                LogException(log, e);
            }

            using (log.BeginScope(new Dictionary<string, object> { ["password"] = Password }))
            using (RequestScope(log, "r-1"))
            using (log.BeginScope($"Authorization: Bearer {Token}"))
                LogMessage(log, "within");
        });

        foreach (var secret in Secrets)
            Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
        foreach (var kept in (string[])["refused ****6789", "attempts 7", "Port=5432", "r-1", "within", "ArgumentException", "RedactingProviderTests"])
            Assert.Contains(kept, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_gets_values_in_their_types_and_by_their_names()
    {
        var output = Console(development: false, redaction: true, log => LogValues(log, Password, 7));

        using var json = JsonDocument.Parse(output);
        var state = json.RootElement.GetProperty("State");
        Assert.Equal("****2026", state.GetProperty("ClientSecret").GetString());
        Assert.Equal(7, state.GetProperty("Attempts").GetInt32());
        Assert.Equal("Test", json.RootElement.GetProperty("Category").GetString());
    }

    [Fact]
    public void In_development_it_can_be_turned_off()
    {
        Assert.Contains(ApiKey, Console(development: true, redaction: false, log => LogMessage(log, ApiKey)), StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_of_the_console_are_its_own_too()
    {
        Assert.Equal("", Console(true, true, log => LogMessage(log, "hello"), "--Logging:Console:LogLevel:Test=Error"));
    }

    /// <summary>What stands on the console afterwards.</summary>
    private string Console(bool development, bool redaction, Action<ILogger> act, params string[] settings)
    {
        var before = System.Console.Out;
        using var output = new StringWriter();
        System.Console.SetOut(output);
        try
        {
            var read = start.Read([$"--Logging:Redaction:Enabled={redaction}", $"--Logging:Format={(development ? "text" : "json")}", .. settings])!;
            using (var services = new ServiceCollection().AddLogging(logging => logging.AddSiloConsole(read)).BuildServiceProvider())
                act(services.GetRequiredService<ILoggerFactory>().CreateLogger("Test"));
            return output.ToString();
        }
        finally
        {
            System.Console.SetOut(before);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Text}")]
    private static partial void LogMessage(ILogger log, string text);

    [LoggerMessage(LogLevel.Warning, "client secret {ClientSecret}, attempts {Attempts}")]
    private static partial void LogValues(ILogger log, string clientSecret, int attempts);

    [LoggerMessage(LogLevel.Error, "failed")]
    private static partial void LogException(ILogger log, Exception e);
}
