namespace Tumbler.Silo.Configuration;

/// <summary>How requests are let in and answered.</summary>
public sealed record EdgeOptions(ProxyOptions Proxies)
{
    internal static EdgeOptions Read(SettingsReader settings) => new(ProxyOptions.Read(settings));
}
