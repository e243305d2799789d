using Microsoft.AspNetCore.Http;

namespace Tumbler.Api.CrossOrigin;

/// <summary>Key sets and metadata: anybody gets them without a credential, and verifiers run in browsers too. So every page may
/// read them.</summary>
internal static class PublicDocuments
{
    public static bool Has(PathString path) =>
        path.Value is { } text && text.Contains("/.well-known/", StringComparison.Ordinal);
}
