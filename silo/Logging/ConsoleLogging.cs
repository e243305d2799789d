using System.Text.Json;
using Microsoft.Extensions.Logging.Console;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Logging;

/// <summary>One line an event on stdout: JSON for machines, plain text for a developer. Scopes are part of
/// it, and with them the request id.</summary>
public static class ConsoleLogging
{
    public static ILoggingBuilder AddSiloConsole(this ILoggingBuilder logging, SiloSettings settings)
    {
        logging.ClearProviders();
        // One line per request belongs to the access log of whatever stands in front; `Logging:LogLevel` can turn it on.
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // It tells of every connection and every setting; who is a member, and what goes wrong, has lines of its own.
        logging.AddFilter("Orleans", LogLevel.Warning);
        logging.AddConfiguration(settings.Logging.Levels);
        // It puts the path as the caller wrote it on every line, and callers paste keys into paths.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        _ = settings.Logging.Format == LogFormat.Text ? logging.AddSimpleConsole(Readable) : logging.AddJsonConsole(Structured);
        return settings.Logging.Redaction ? logging.Redacted() : logging;
    }

    private static void Readable(SimpleConsoleFormatterOptions options)
    {
        options.SingleLine = true;
        options.IncludeScopes = true;
        options.UseUtcTimestamp = true;
        options.TimestampFormat = "HH:mm:ss.fff ";
    }

    private static void Structured(JsonConsoleFormatterOptions options)
    {
        options.IncludeScopes = true;
        options.UseUtcTimestamp = true;
        options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        options.JsonWriterOptions = new JsonWriterOptions { Indented = false };
    }
}
