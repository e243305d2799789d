using Microsoft.Extensions.Configuration;

namespace Tumbler.Silo.Configuration;

/// <param name="Levels">The framework's own section.</param>
/// <param name="Redaction">Whether secrets and personal data are hidden on their way into the log; default true.</param>
public sealed record LoggingOptions(IConfigurationSection Levels, bool Redaction)
{
    internal const string Section = "Logging:Redact";
    private const string RedactionSetting = "Logging:Redaction:Enabled";

    internal static LoggingOptions Read(SettingsReader settings, IConfiguration configuration)
    {
        var redaction = settings.Boolean(RedactionSetting) ?? true;
        if (!redaction)
            settings.RefuseInProduction(RedactionSetting, "is off, which production refuses; logs are kept and handed on");
        return new LoggingOptions(configuration.GetSection("Logging"), redaction);
    }
}
