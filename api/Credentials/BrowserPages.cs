using Microsoft.AspNetCore.Builder;
using Tumbler.Api.Headers;

namespace Tumbler.Api.Credentials;

/// <summary>For pages that the host adds to ours.</summary>
public static class BrowserPages
{
    /// <param name="name">Names them all in the log of security events.</param>
    public static TBuilder ForAdministrators<TBuilder>(this TBuilder pages, string name) where TBuilder : IEndpointConventionBuilder
    {
        pages.Add(page =>
        {
            page.Metadata.Add(new AccessRule(name, Access.AdminInBrowser));
            PagePolicy.Apply(page);
        });
        return pages;
    }
}
