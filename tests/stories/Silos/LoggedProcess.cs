using System.Diagnostics;
using System.Text;

namespace Tumbler.Stories.Tests.Silos;

/// <summary>A process of which every byte it says goes into two files, for people to look at and for the last story to scan.</summary>
internal sealed class LoggedProcess : IDisposable
{
    private readonly Process process;
    private readonly string log;
    private readonly Task copying;

    private LoggedProcess(Process process, string log)
    {
        (this.process, this.log) = (process, log);
        copying = Task.WhenAll(
            Copy(process.StandardOutput, OutputFile), Copy(process.StandardError, ErrorFile));
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string Output => Read(OutputFile);

    public string Errors => Read(ErrorFile);

    private string OutputFile => $"{log}.out.log";

    private string ErrorFile => $"{log}.err.log";

    public static LoggedProcess Start(ProcessStartInfo start, string log)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new LoggedProcess(Process.Start(start) ?? throw new InvalidOperationException("The process did not start."), log);
    }

    public void Kill()
    {
        if (!process.HasExited)
            process.Kill();
    }

    /// <summary>With what it started: a script with its program, or with a build.</summary>
    public void KillTree() => process.Kill(entireProcessTree: true);

    /// <summary>Waits until it has ended and all it said is in the files.</summary>
    public async Task<int> End(TimeSpan patience)
    {
        using var late = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The process did not end within {patience.TotalSeconds} s. It said:\n{Output}{Errors}");
        }

        await copying;
        return process.ExitCode;
    }

    public void Dispose() => process.Dispose();

    private static async Task Copy(StreamReader from, string file)
    {
        // Unbuffered: what it has said is readable at once.
        await using var to = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.Asynchronous,
        });
        await from.BaseStream.CopyToAsync(to);
    }

    private static string Read(string file)
    {
        if (!File.Exists(file))
            return "";
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
