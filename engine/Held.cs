namespace Tumbler.Engine;

/// <summary>Something that is held in memory as long as it is used, and when that was.</summary>
/// <param name="usedIn">The number of the period it was last used in.</param>
internal sealed class Held<T>(T item, int usedIn) where T : class
{
    private T item = item;
    private int usedIn = usedIn;

    public T Item => Volatile.Read(ref item);

    public int UsedIn => Volatile.Read(ref usedIn);

    public T Use(int period)
    {
        // Written once in a period and not at every use: many threads read this, and each write makes all of them wait.
        if (UsedIn != period)
            Volatile.Write(ref usedIn, period);
        return Item;
    }

    public bool TryReplace(T known, T next) => Interlocked.CompareExchange(ref item, next, known) == known;
}
