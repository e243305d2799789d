using System.Net;
using Microsoft.AspNetCore.Http;

namespace Tumbler.Silo.Configuration;

/// <param name="Urls">The addresses to listen on, from <c>--urls</c>, separated by <c>;</c>;
/// default <c>http://127.0.0.1:8080</c>.</param>
/// <param name="Tls">Null where none of them is https.</param>
public sealed record ListenOptions(IReadOnlyList<BindingAddress> Urls, ListenTlsOptions? Tls)
{
    internal const string Setting = "urls";
    private const string Default = "http://127.0.0.1:8080";

    internal static ListenOptions Read(SettingsReader settings)
    {
        var urls = new List<BindingAddress>();
        var texts = (settings.Text(Setting) ?? Default).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (texts.Length == 0)
            settings.Error(Setting, "names no address");
        foreach (var text in texts)
        {
            if (Parse(text) is not { } url)
                settings.Error(Setting, $"{text} must be of the form http://host:port");
            else if (url.Scheme == Uri.UriSchemeHttp && !settings.Development && !IsLocal(url))
                settings.Error(Setting, $"{text} is plain HTTP on an address that others can reach, which production refuses; use https, or listen on a loopback address behind a proxy that serves TLS");
            else
                urls.Add(url);
        }

        return new ListenOptions(urls, ListenTlsOptions.Read(settings, urls.Any(IsHttps)));
    }

    private static BindingAddress? Parse(string text)
    {
        try
        {
            var url = BindingAddress.Parse(text);
            return url is { Scheme: "http" or "https", PathBase: "" } && url.Port is >= 0 and <= IPEndPoint.MaxPort ? url : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsHttps(BindingAddress url) => url.Scheme == Uri.UriSchemeHttps;

    private static bool IsLocal(BindingAddress url) => url.IsUnixPipe || HostNames.IsLoopback(url.Host);
}
