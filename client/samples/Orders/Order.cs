namespace Orders;

internal sealed record Order(string Item, int Count);
