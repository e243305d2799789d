using Tumbler.Bench.Load;

namespace Tumbler.Bench.Growth;

/// <param name="Run">For so many seconds.</param>
internal sealed record SizedLoad(string Line, long Size, Func<int, LoadResult> Run, string? Unbounded = null);
