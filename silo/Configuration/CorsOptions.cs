using Tumbler.Contracts.Input;

namespace Tumbler.Silo.Configuration;

/// <param name="Origins">Whose pages may read our answers; default none.</param>
/// <param name="Rejected">What was given beside them and is none. In development it is left out with a warning, in production it
/// is an error.</param>
public sealed record CorsOptions(IReadOnlyList<string> Origins, IReadOnlyList<SettingError> Rejected)
{
    internal const string Setting = "Cors:AllowedOrigins";

    internal static CorsOptions Read(SettingsReader settings)
    {
        var read = Of(settings.List(Setting));
        if (!settings.Development)
        {
            foreach (var rejected in read.Rejected)
                settings.Error(rejected.Name, rejected.Message);
        }

        return read;
    }

    internal static CorsOptions Of(IReadOnlyList<string> given) => new(
        [.. given.Where(InputRules.IsOrigin).Distinct(StringComparer.Ordinal)],
        [.. given.Where(text => !InputRules.IsOrigin(text)).Select(text => new SettingError(Setting, $"{text} {WhyNot(text)}"))]);

    private static string WhyNot(string text) => text.Contains('*', StringComparison.Ordinal)
        ? "would let every page in; name each origin"
        : "must be an origin exactly as browsers send it, such as https://console.example or http://localhost:5173: http or https, lower case, no path and no slash at the end";
}
