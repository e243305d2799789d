using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Logging;
using Tumbler.Silo.Tests.Configuration;

namespace Tumbler.Silo.Tests.Logging;

public sealed class ConsoleLoggingTests : IDisposable
{
    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Fact]
    public void Production_logs_one_json_object_a_line_with_the_request_id()
    {
        var line = Line(development: false);

        using var json = JsonDocument.Parse(line);
        Assert.Equal("Warning", json.RootElement.GetProperty("LogLevel").GetString());
        Assert.Equal("first\nsecond", json.RootElement.GetProperty("Message").GetString());
        Assert.Equal("r-1", json.RootElement.GetProperty("Scopes")[0].GetProperty("request_id").GetString());
        Assert.EndsWith("Z", json.RootElement.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_developer_reads_one_plain_line_with_the_request_id()
    {
        var line = Line(development: true);

        Assert.Contains("warn: Tumbler.Test[7]", line, StringComparison.Ordinal);
        Assert.Contains("request_id:r-1", line, StringComparison.Ordinal);
        Assert.EndsWith("first second", line, StringComparison.Ordinal);
    }

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
    private string Line(bool development)
    {
        using var services = Services(start.Read()! with { Development = development });
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
