using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Client.Outbound;

/// <summary>Reads the secret, each time anew: whoever replaces the file need not tell anybody.</summary>
internal static class ClientSecret
{
    private const int MaxFile = 64 * 1024;

    public static bool TryRead(TokenClientOptions options, [NotNullWhen(true)] out string? secret, [NotNullWhen(false)] out string? problem)
    {
        (secret, problem) = (options.ClientSecret, null);
        if (!string.IsNullOrEmpty(secret))
            return true;

        var (path, setting) = (options.ClientSecretFile!, nameof(options.ClientSecretFile));
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length <= MaxFile)
            {
                using var reader = new StreamReader(file);
                secret = reader.ReadToEnd().Trim();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"{setting}: {path} can't be read ({e.GetType().Name}).";
            return false;
        }

        if (secret is { Length: > 0 } && TokenClientOptionsRules.IsVisible(secret))
            return true;
        problem = $"{setting}: {path} must hold one line of printable ASCII characters.";
        return false;
    }
}
