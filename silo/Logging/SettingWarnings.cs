using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Logging;

/// <summary>Settings that development goes on without.</summary>
internal static partial class SettingWarnings
{
    public static void Warn(this ILogger log, IReadOnlyList<SettingError> rejected)
    {
        foreach (var setting in rejected)
            Rejected(log, setting.Name, setting.Message);
    }

    [LoggerMessage(LogLevel.Warning, "{Setting}: {Problem}. It is left out; production refuses to start with it")]
    private static partial void Rejected(ILogger log, string setting, string problem);
}
