using System.Globalization;
using System.Runtime.InteropServices;

namespace Tumbler.Bench.Micro;

/// <summary>The process whose bytes and instructions are counted. It says what each operation allocates, then which thread will run
/// them, and runs them between two marks each when it is told to.</summary>
internal static partial class CountedProcess
{
    public const string Command = "--counted";

    /// <summary>What it says; a name and a number follow, or a number.</summary>
    public const string Bytes = "bytes", Thread = "thread";

    /// <summary>How often each operation runs between two marks.</summary>
    public const int Rounds = 3;

    /// <summary>A signal that everybody ignores but a tracer.</summary>
    public const int Mark = 23; // SIGURG

    private const int WarmUps = 50, Counted = 200;

    /// <summary>What is stepped through, in this order. The first does nothing: that is what the marks take.</summary>
    public static IReadOnlyList<Operation> Stepped { get; } =
        [new("nothing", _ => () => { }, Stepped: true), .. Operations.All.Where(operation => operation.Stepped)];

    public static async Task<int> Run()
    {
        using var engine = await EngineWork.Start();
        Count(engine);
        return 0;
    }

    /// <summary>All of it on one thread.</summary>
    private static void Count(EngineWork engine)
    {
        foreach (var operation in Operations.All)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Bytes} {operation.Name} {Allocated(operation.Prepare(engine))}"));

        var stepped = Stepped.Select(operation => operation.Prepare(engine)).ToArray();
        foreach (var run in stepped)
            Repeat(run, WarmUps, SendMark);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Thread} {OwnThread()}"));
        if (Console.ReadLine() is null)
            return;
        foreach (var run in stepped)
            Repeat(run, Rounds, SendMark);
    }

    private static long Allocated(Action run)
    {
        Repeat(run, WarmUps, () => { });
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Counted; i++)
            run();
        return (GC.GetAllocatedBytesForCurrentThread() - before + Counted / 2) / Counted;
    }

    private static void Repeat(Action run, int times, Action mark)
    {
        for (var i = 0; i < times; i++)
        {
            mark();
            run();
            mark();
        }
    }

    private static void SendMark() => _ = SendSignal(OwnProcess(), OwnThread(), Mark);

    [LibraryImport("libc", EntryPoint = "getpid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int OwnProcess();

    [LibraryImport("libc", EntryPoint = "gettid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int OwnThread();

    [LibraryImport("libc", EntryPoint = "tgkill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SendSignal(int process, int thread, int signal);
}
