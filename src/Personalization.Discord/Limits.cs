namespace Personalization.Discord;

/// <summary>Checks Discord's limits when a message is built rather than when it is sent.</summary>
internal static class Limits
{
    /// <exception cref="ArgumentException">The text is shorter or longer than Discord takes.</exception>
    public static string Text(string text, int minimum, int maximum, string what) =>
        text.Length >= minimum && text.Length <= maximum
            ? text
            : throw new ArgumentException($"{what} has {text.Length} characters; Discord takes {minimum} to {maximum}.", nameof(text));

    /// <exception cref="ArgumentException">There are fewer or more items than Discord takes.</exception>
    public static IReadOnlyList<T> Count<T>(IReadOnlyList<T> items, int minimum, int maximum, string what) =>
        items.Count >= minimum && items.Count <= maximum
            ? items
            : throw new ArgumentException($"{what} has {items.Count} items; Discord takes {minimum} to {maximum}.", nameof(items));

    /// <exception cref="ArgumentException">The number is less or more than Discord takes.</exception>
    public static int Number(int number, int minimum, int maximum, string what) =>
        number >= minimum && number <= maximum
            ? number
            : throw new ArgumentException($"{what} is {number}; Discord takes {minimum} to {maximum}.", nameof(number));
}
