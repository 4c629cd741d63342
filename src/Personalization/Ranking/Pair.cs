using Personalization.Pictures;

namespace Personalization.Ranking;

/// <summary>Two pictures of one prompt in different styles, shown to one person.</summary>
/// <param name="Id">Its row number; zero until the store has given it one.</param>
/// <param name="Person">Whom it was shown to; nobody else may answer it.</param>
/// <param name="Choice">The answer; null while it is open.</param>
public sealed record Pair(long Id, PersonId Person, PictureId Left, PictureId Right, Choice? Choice);
