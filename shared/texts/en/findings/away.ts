/** What follows where a store cannot be reached. */
export const away = {
  postgres: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
  redis: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
};
