using Tumbler.Cli.Calls;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Audit;

/// <summary>Where an export's files are put, for their owner only.</summary>
internal sealed class ExportFolder(string path)
{
    private const int ChunkSize = 64 * 1024;

    /// <summary>Before anything is ordered.</summary>
    public Failure? WhyNot() =>
        File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            ? new Failure(ExitCode.CannotWrite, $"{path} is there already, and not an empty folder.", "Name another one: an export is not mixed with other files.")
            : null;

    public Failure? Make()
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(ExitCode.CannotWrite, $"{path} can't be made: {e.Message}");
        }
    }

    /// <summary>Null for what would lie elsewhere: the name comes from the server.</summary>
    public string? PathOf(string file) =>
        file.Length is > 0 and <= 100 && file[0] != '.' && file.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? Path.Combine(path, file) : null;

    /// <param name="progress">Told now and then how many bytes there are.</param>
    /// <returns>What went wrong, if anything did.</returns>
    public async Task<Maybe<Failure>> Save(HttpResponseMessage response, string file, Action<long> progress, CancellationToken stop)
    {
        await using var from = await response.Content.ReadAsStreamAsync(stop);
        try
        {
            await using var to = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            var (chunk, all) = (new byte[ChunkSize], 0L);
            while (await from.ReadAsync(chunk, stop) is > 0 and var read)
            {
                await to.WriteAsync(chunk.AsMemory(0, read), stop);
                progress(all += read);
            }

            return Maybe<Failure>.None;
        }
        catch (HttpIOException e)
        {
            return new Maybe<Failure>(new Failure(ExitCode.Unavailable, $"The connection broke off in the middle of {file}: {e.Message}", $"Remove {path} and try again."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Maybe<Failure>(new Failure(ExitCode.CannotWrite, $"{file} can't be written: {e.Message}", $"Remove {path} and try again."));
        }
    }
}
