using Microsoft.Extensions.Options;

namespace Personalization;

/// <summary>
/// Stands for the settings as a whole: an <see cref="IValidateOptions{TOptions}"/> of it checks at start what no section can
/// check by itself.
/// </summary>
public sealed class AllSettings;
