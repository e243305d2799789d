namespace Tumbler.Client.Net;

/// <summary>Whether what is read from a URL can be believed to come from there.</summary>
internal static class SafeUrl
{
    /// <summary>TLS, or this machine itself.</summary>
    public static bool Admits(Uri url, bool allowHttp) =>
        url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || allowHttp));
}
