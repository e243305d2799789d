using System.CommandLine;
using System.Text;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Keys;

/// <summary>A private key in a file, as the server takes it.</summary>
/// <param name="Data">PEM text, or a PFX in base64.</param>
internal sealed record KeyFile(string Format, string Data)
{
    public const string Pkcs8 = "pkcs8";
    public const string Pkcs12 = "pkcs12";

    /// <summary>The server takes 16,384 characters; a megabyte of something else is not read to be told so.</summary>
    private const int LongestFile = 1 << 20;

    public static Option<string?> FormatOption(string description) => Words.OneOf("--format", description, Pkcs8, Pkcs12);

    /// <param name="format">Null: as it looks.</param>
    public static Outcome<KeyFile> Read(CliCall call, string file, string? format)
    {
        try
        {
            var info = new FileInfo(call.PathOf(file));
            if (info is { Exists: true, Length: > LongestFile })
                return new Failure(ExitCode.BadData, $"{file} is no key: it has more than a megabyte.");
            var content = File.ReadAllBytes(info.FullName);
            var isPem = content.AsSpan().TrimStart("\r\n\t "u8).StartsWith("-----BEGIN "u8);
            return (format ?? (isPem ? Pkcs8 : Pkcs12)) == Pkcs8
                ? new KeyFile(Pkcs8, Encoding.UTF8.GetString(content))
                : new KeyFile(Pkcs12, Convert.ToBase64String(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(ExitCode.NoInput, $"{file} with the key can't be read: {e.Message}");
        }
    }

    public override string ToString() => $"KeyFile({Format})";
}
