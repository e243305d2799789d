using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Logging;
using Tumbler.Silo.Secrets;
using Tumbler.Silo.Tests.Configuration;

namespace Tumbler.Silo.Tests.Logging;

public sealed class ConsoleLoggingTests : IDisposable
{
    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Fact]
    public void The_json_format_has_one_object_a_line_with_the_request_id()
    {
        var line = Line("json");

        using var json = JsonDocument.Parse(line);
        Assert.Equal("Warning", json.RootElement.GetProperty("LogLevel").GetString());
        Assert.Equal("first\nsecond", json.RootElement.GetProperty("Message").GetString());
        Assert.Equal("r-1", json.RootElement.GetProperty("Scopes")[0].GetProperty("request_id").GetString());
        Assert.EndsWith("Z", json.RootElement.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_developer_reads_one_plain_line_with_the_request_id()
    {
        var line = Line("text");

        Assert.Contains("warn: Tumbler.Test[7]", line, StringComparison.Ordinal);
        Assert.Contains("request_id:r-1", line, StringComparison.Ordinal);
        Assert.EndsWith("first second", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Production_logs_json_unless_told_otherwise_and_a_developer_reads_text()
    {
        Assert.Equal(LogFormat.Text, start.Read()!.Logging.Format);
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        Assert.Contains("Logging:Format: must be text or json", start.ErrorsOf("--Logging:Format=xml"));
        var reader = new SettingsReader(new ConfigurationBuilder().Build(), development: false, start.Path, ManagedSecrets.None);
        Assert.Equal(LogFormat.Json, LoggingOptions.Read(reader, new ConfigurationBuilder().Build()).Format);
    }

    [Fact]
    public void A_misspelt_format_is_not_passed_over() =>
        Assert.Equal(["Logging:Formatt: unknown setting; did you mean Logging:Format?"], start.ErrorsOf("--Logging:Formatt=json"));

    [Fact]
    public void The_logging_section_sets_levels()
    {
        using var services = Services(start.Read("--Logging:LogLevel:Tumbler", "Error")!);
        var loggers = services.GetRequiredService<ILoggerFactory>();

        Assert.False(loggers.CreateLogger("Tumbler.Keys").IsEnabled(LogLevel.Warning));
        Assert.True(loggers.CreateLogger("Other").IsEnabled(LogLevel.Information));
        Assert.False(loggers.CreateLogger("Microsoft.AspNetCore.Routing").IsEnabled(LogLevel.Information));
    }

    /// <summary>What the chosen formatter makes of one event, which must be one line.</summary>
    private string Line(string format)
    {
        using var services = Services(start.Read($"--Logging:Format={format}")!);
        var name = services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ConsoleLoggerOptions>>().Value.FormatterName;
        var formatter = services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == name);
        var scopes = new LoggerExternalScopeProvider();
        using var output = new StringWriter();

        using (scopes.Push(new RequestScope("r-1")))
            formatter.Write(new LogEntry<string>(LogLevel.Warning, "Tumbler.Test", 7, "first\nsecond", null, (state, _) => state), scopes, output);

        var lines = output.ToString();
        Assert.Equal(lines.Length - 1, lines.IndexOf('\n', StringComparison.Ordinal));
        return lines.TrimEnd('\n');
    }

    private static ServiceProvider Services(SiloSettings settings) =>
        new ServiceCollection().AddLogging(logging => logging.AddSiloConsole(settings)).BuildServiceProvider();

    /// <summary>A scope as the formatters want it: pairs for machines, its text for people.</summary>
    private sealed class RequestScope(string id) : List<KeyValuePair<string, object?>>([new("request_id", id)])
    {
        public override string ToString() => $"request_id:{id}";
    }
}
