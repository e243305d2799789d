using System.Diagnostics.CodeAnalysis;
using Tumbler.Contracts.Input;

namespace Tumbler.Core.Tokens;

/// <summary>The <c>scope</c> syntax of RFC 6749 §3.3.</summary>
internal static class ScopeList
{
    /// <summary>Scope tokens with exactly one space between; an empty text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string[]? scopes)
    {
        scopes = text.Split(' ');
        if (Array.TrueForAll(scopes, InputRules.IsScope))
            return true;

        scopes = null;
        return false;
    }
}
