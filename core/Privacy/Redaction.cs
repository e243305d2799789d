namespace Tumbler.Core.Privacy;

/// <summary>What may be shown of personal data in logs and audit entries.</summary>
public static class Redaction
{
    /// <summary><c>ann@example.com</c> → <c>a***@example.com</c></summary>
    public static string Email(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 1 ? "***" : $"{address[0]}***{address[at..]}";
    }
}
