namespace Tumbler.Client.Net;

/// <summary>Whether what is read from a URL can be believed to come from there.</summary>
internal static class SafeUrl
{
    /// <summary>TLS, or this machine itself.</summary>
    public static bool Admits(Uri url, bool allowHttp) =>
        url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || allowHttp));

    /// <summary>Whether one URL may name the other, by a redirect or in a document: nothing that came by TLS leads away from it.</summary>
    public static bool Leads(Uri from, Uri to, bool allowHttp) =>
        Admits(to, allowHttp) && (to.Scheme == Uri.UriSchemeHttps || from.Scheme == Uri.UriSchemeHttp);
}
