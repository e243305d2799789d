using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Servers;

/// <summary>Secrets on their way out, into a file of their own.</summary>
internal static class SecretOutput
{
    /// <summary>Writes a new file that only its user can read; never over one that is there: it may be the only copy of something.</summary>
    /// <returns>Null when it is written.</returns>
    public static Failure? Write(CliCall call, string file, ReadOnlySpan<byte> content)
    {
        if (Path.Exists(call.PathOf(file)))
            return IsThere(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var stream = new FileStream(call.PathOf(file), options);
            stream.Write(content);
            stream.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refusal(file, e.Message);
        }
    }

    /// <summary>Whether it would be refused because of a file that is there: asked before the server makes a secret that it shows only once.</summary>
    public static Failure? Check(CliCall call, string? file)
    {
        if (file is null)
            return null;
        var path = call.PathOf(file);
        if (Path.Exists(path))
            return IsThere(file);
        return Directory.Exists(Path.GetDirectoryName(path)) ? null : Refusal(file, "its directory is not there");
    }

    private static Failure IsThere(string file) => Refusal(file, "there is a file of this name, and it is not replaced");

    private static Failure Refusal(string file, string why) => new(ExitCode.CannotWrite, $"{file} can't be written: {why.TrimEnd('.')}.");
}
