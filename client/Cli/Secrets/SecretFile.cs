using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Secrets;

/// <summary>A secret in a file of its own, for its owner only from the first moment.</summary>
internal static class SecretFile
{
    /// <returns>Null when it is written.</returns>
    public static Failure? Write(string path, string secret)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            using (var writer = new StreamWriter(file, leaveOpen: true))
                writer.Write($"{secret}\n");
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (IOException) when (File.Exists(path))
        {
            return new Failure(
                ExitCode.CannotWrite, $"{path} is there already, and a secret is never written over another.", "Name another file, or move that one away.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(ExitCode.CannotWrite, $"{path} can't be written: {e.Message}");
        }
    }
}
