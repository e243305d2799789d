using Microsoft.Extensions.Configuration;

namespace Tumbler.Silo.Configuration;

/// <param name="Levels">The framework's own section.</param>
/// <param name="Format">Default text on a developer's machine, else JSON.</param>
/// <param name="Redaction">Whether secrets and personal data are hidden on their way into the log; default true.</param>
public sealed record LoggingOptions(IConfigurationSection Levels, LogFormat Format, bool Redaction)
{
    private const string FormatSetting = "Logging:Format";
    private const string RedactionSetting = "Logging:Redaction:Enabled";

    /// <summary>How the names of settings begin that are ours in the framework's section, misspelt ones among them.</summary>
    internal static readonly string[] Sections = ["Logging:Redact", "Logging:Form"];

    internal static LoggingOptions Read(SettingsReader settings, IConfiguration configuration)
    {
        var redaction = settings.Boolean(RedactionSetting) ?? true;
        if (!redaction)
            settings.RefuseInProduction(RedactionSetting, "is off, which production refuses; logs are kept and handed on");
        var format = settings.OneOf<LogFormat>(FormatSetting) ?? (settings.Development ? LogFormat.Text : LogFormat.Json);
        return new LoggingOptions(configuration.GetSection("Logging"), format, redaction);
    }
}
