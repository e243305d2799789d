namespace Tumbler.Silo.Configuration;

/// <summary>Files that hold one secret and nothing else.</summary>
internal static class SecretFile
{
    /// <summary>Editors and <c>echo</c> end a file with a newline that is not part of the secret.</summary>
    public static string TrimNewline(string content) =>
        content.EndsWith("\r\n", StringComparison.Ordinal) ? content[..^2]
        : content.EndsWith('\n') ? content[..^1]
        : content;
}
