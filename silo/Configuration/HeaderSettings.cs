using Tumbler.Api.Headers;

namespace Tumbler.Silo.Configuration;

/// <summary>What there is to choose about the headers that every answer has.</summary>
internal static class HeaderSettings
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(730);

    public static HeaderOptions Read(SettingsReader settings) => new(
        settings.Duration("Headers:Hsts:MaxAge", TimeSpan.Zero, Longest) ?? HeaderOptions.Default.HstsMaxAge,
        settings.Boolean("Headers:Hsts:IncludeSubDomains") ?? HeaderOptions.Default.HstsSubDomains,
        settings.Boolean("Headers:Security") ?? HeaderOptions.Default.Security);
}
